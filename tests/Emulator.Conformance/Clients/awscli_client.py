"""Reads jobs as lines of JSON, runs the AWS CLI's commands, writes outcomes as lines of JSON."""
import contextlib
import io
import json
import os
import re
import sys

from awscli.clidriver import create_clidriver
from botocore import xform_name

ERROR = re.compile(r"An error occurred \((\w*)\) when calling the \w+ operation(?: \([^)]*\))?: (.*)", re.S)


def outcome(job, call):
    parameters = call["parameters"]
    if any(name.startswith("$") for name in parameters):
        return {"cannot": "it sends no other headers"}
    shape = create_clidriver().session.get_service_model("meteringmarketplace").operation_model(call["operation"])
    unseen = [name for name in call["shows"] if name not in shape.output_shape.members]
    if unseen:
        return {"cannot": f"its model has no member {unseen}"}
    os.environ.update(
        AWS_ACCESS_KEY_ID=job["accessKey"],
        AWS_SECRET_ACCESS_KEY=job["secret"],
        AWS_DEFAULT_REGION=job["region"],
        AWS_MAX_ATTEMPTS="1",
        AWS_PAGER="",
    )
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        code = create_clidriver().main(
            [
                "meteringmarketplace",
                xform_name(call["operation"], "-"),
                "--endpoint-url",
                job["endpoint"],
                "--output",
                "json",
                "--cli-input-json",
                json.dumps(parameters),
            ]
        )
    if code == 0:
        return {"result": json.loads(output.getvalue() or "{}")}
    text = errors.getvalue().strip()
    found = ERROR.search(text)
    if not found:
        return {"cannot": text.splitlines()[-1] if text else f"it ended with {code}"}
    return {"code": found.group(1), "message": found.group(2)}


for line in sys.stdin:
    job = json.loads(line)
    print(json.dumps([outcome(job, call) for call in job["calls"]]), flush=True)
