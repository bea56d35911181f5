"""An application that meters through boto3. Arguments: registration token, time in seconds since 1970."""
import datetime
import json
import os
import sys

import boto3

token, seconds = sys.argv[1], int(sys.argv[2])

# Newer versions find the variable themselves.
client = boto3.client("meteringmarketplace", endpoint_url=os.environ["AWS_ENDPOINT_URL_MARKETPLACE_METERING"])
customer = client.resolve_customer(RegistrationToken=token)


def record(second, quantity):
    when = datetime.datetime.fromtimestamp(seconds + second, datetime.timezone.utc)
    return {
        "Timestamp": when, "CustomerIdentifier": customer["CustomerIdentifier"], "Dimension": "calls",
        "Quantity": quantity,
    }


def meter(*records):
    answer = client.batch_meter_usage(ProductCode=customer["ProductCode"], UsageRecords=list(records))
    return [result["Status"] for result in answer["Results"]]


first = meter(record(0, 3), record(1, 4))
print(json.dumps(first + meter(record(0, 3), record(1, 5))))
