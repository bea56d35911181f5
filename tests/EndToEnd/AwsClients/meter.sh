#!/bin/bash
# An application that meters through the AWS CLI. Arguments: registration token, time in seconds since 1970.
set -euo pipefail

# Newer versions find the variable themselves.
metering() { aws meteringmarketplace --endpoint-url "$AWS_ENDPOINT_URL_MARKETPLACE_METERING" "$@"; }

customer=$(metering resolve-customer --registration-token "$1" \
  --query '[ProductCode,CustomerIdentifier]' --output text)
read -r product identifier <<<"$customer"

record() { echo "Timestamp=$1,CustomerIdentifier=$identifier,Dimension=calls,Quantity=$2"; }

meter() {
  metering batch-meter-usage --product-code "$product" --usage-records "$@" \
    --query 'Results[].Status' --output json
}

first=$(meter "$(record "$2" 3)" "$(record $(($2 + 1)) 4)")
again=$(meter "$(record "$2" 3)" "$(record $(($2 + 1)) 5)")
echo "${first%]},${again#[}" | tr -d '\n'
