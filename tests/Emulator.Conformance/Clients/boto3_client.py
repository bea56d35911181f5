"""Reads jobs as lines of JSON, calls the service with boto3, writes outcomes as lines of JSON."""
import datetime
import json
import sys

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

from botocore_model import describe

CONFIG = Config(parameter_validation=False, retries={"total_max_attempts": 1})
SESSION = boto3.Session()


def client_of(job):
    return SESSION.client(
        "meteringmarketplace",
        endpoint_url=job["endpoint"],
        region_name=job["region"],
        aws_access_key_id=job["accessKey"],
        aws_secret_access_key=job["secret"],
        config=CONFIG,
    )


def plain(value):
    return value.timestamp() if isinstance(value, datetime.datetime) else str(value)


def outcome(client, call):
    def add_headers(params, **_):
        params["headers"].update(call["headers"])

    client.meta.events.register("before-call", add_headers)
    try:
        answer = getattr(client, xform_name(call["operation"]))(**call["parameters"])
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
    finally:
        client.meta.events.unregister("before-call", add_headers)


if sys.argv[1:] == ["describe"]:
    anywhere = {"endpoint": "http://localhost", "region": "us-east-1", "accessKey": "a", "secret": "b"}
    print(json.dumps(describe(client_of(anywhere).meta.service_model, boto3.__version__)))
else:
    for line in sys.stdin:
        job = json.loads(line)
        client = client_of(job)
        print(json.dumps([outcome(client, call) for call in job["calls"]]), flush=True)
