"""Reads jobs as lines of JSON, calls the service with boto3, writes outcomes as lines of JSON."""
import datetime
import json
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

CONFIG = Config(parameter_validation=False, retries={"total_max_attempts": 1})


def plain(value):
    return value.timestamp() if isinstance(value, datetime.datetime) else str(value)


def outcome(client, call):
    parameters = call["parameters"]
    if any(name.startswith("$") for name in parameters):
        return {"cannot": "it sends no other headers"}
    shape = client.meta.service_model.operation_model(call["operation"]).output_shape
    unseen = [name for name in call["shows"] if name not in shape.members]
    if unseen:
        return {"cannot": f"its model has no member {unseen}"}
    try:
        answer = getattr(client, xform_name(call["operation"]))(**parameters)
        metadata = answer.pop("ResponseMetadata")
        return {"status": metadata["HTTPStatusCode"], "result": json.loads(json.dumps(answer, default=plain))}
    except ClientError as error:
        return {
            "code": error.response["Error"]["Code"],
            "message": error.response["Error"]["Message"],
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
        }
    except KeyError as missing:
        return {"cannot": f"its model has no member {missing}"}


for line in sys.stdin:
    job = json.loads(line)
    client = boto3.client(
        "meteringmarketplace",
        endpoint_url=job["endpoint"],
        region_name=job["region"],
        aws_access_key_id=job["accessKey"],
        aws_secret_access_key=job["secret"],
        config=CONFIG,
    )
    print(json.dumps([outcome(client, call) for call in job["calls"]]), flush=True)
