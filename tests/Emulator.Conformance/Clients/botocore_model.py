"""Writes down what a service model of botocore knows: the members of requests and results."""


def describe(service_model, version, **traits):
    members, results = [], []
    for operation in service_model.operation_names:
        model = service_model.operation_model(operation)
        walk(model.input_shape, operation, members)
        results += [f"{operation}.{name}" for name in model.output_shape.members]
    return {"version": version, "members": members, "results": results, **traits}


def walk(shape, path, members):
    while shape.type_name == "list":
        shape = shape.member
    if shape.type_name != "structure":
        return
    for name, member in shape.members.items():
        inner = f"{path}.{name}"
        members.append(
            {"path": inner, "required": name in shape.required_members, "min": member.metadata.get("min")}
        )
        walk(member, inner, members)
