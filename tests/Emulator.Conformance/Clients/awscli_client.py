"""Reads jobs as lines of JSON, runs the AWS CLI's commands, writes outcomes as lines of JSON."""
import contextlib
import io
import json
import os
import re
import sys

import awscli
from awscli.clidriver import create_clidriver
from botocore import xform_name

from botocore_model import describe

ERROR = re.compile(r"An error occurred \((\w*)\) when calling the \w+ operation(?: \([^)]*\))?: (.*)", re.S)
DRIVER = create_clidriver()


def outcome(job, call):
    if call["headers"]:
        return {"cannot": "it sends no other headers"}
    os.environ.update(
        AWS_ACCESS_KEY_ID=job["accessKey"],
        AWS_SECRET_ACCESS_KEY=job["secret"],
        AWS_DEFAULT_REGION=job["region"],
        AWS_MAX_ATTEMPTS="1",
        AWS_PAGER="",
    )
    DRIVER.session._credentials = None  # looked up anew, as each process would
    output, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        code = DRIVER.main(
            [
                "meteringmarketplace",
                xform_name(call["operation"], "-"),
                "--endpoint-url",
                job["endpoint"],
                "--output",
                "json",
                "--cli-input-json",
                json.dumps(call["parameters"]),
            ]
        )
    if code == 0:
        return {"result": json.loads(output.getvalue() or "{}")}
    text = errors.getvalue().strip()
    found = ERROR.search(text)
    if not found:
        return {"cannot": text.splitlines()[-1] if text else f"it ended with {code}"}
    return {"code": found.group(1), "message": found.group(2)}


if sys.argv[1:] == ["describe"]:
    model = DRIVER.session.get_service_model("meteringmarketplace")
    print(json.dumps(describe(model, awscli.__version__, checks=True, sendsHeaders=False)))
else:
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps([outcome(job, call) for call in job["calls"]]), flush=True)
