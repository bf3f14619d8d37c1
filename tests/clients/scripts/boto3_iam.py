"""IAM as boto3 speaks it. The key is root's, the endpoint the first argument."""
import json
import sys

import boto3
from botocore.exceptions import ClientError

endpoint = sys.argv[1]


def client(service, key=None):
    keys = {} if key is None else {
        "aws_access_key_id": key["AccessKeyId"],
        "aws_secret_access_key": key["SecretAccessKey"],
    }
    return boto3.client(service, endpoint_url=endpoint, region_name="us-east-1", **keys)


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "ok"


iam = client("iam")
s3 = client("s3")
s3.create_bucket(Bucket="boto-bucket")
s3.put_object(Bucket="boto-bucket", Key="k", Body=b"body")

user = iam.create_user(UserName="boto", Path="/b/", Tags=[{"Key": "team", "Value": "north"}])["User"]
assert user["Arn"].endswith(":user/b/boto"), user
assert user["CreateDate"].year > 2000
assert iam.get_user(UserName="boto")["User"]["Tags"] == [{"Key": "team", "Value": "north"}]
assert code_of(iam.create_user, UserName="boto") == "EntityAlreadyExists"
try:
    iam.get_user(UserName="nobody")
    raise AssertionError("nobody is there")
except iam.exceptions.NoSuchEntityException:
    pass

key = iam.create_access_key(UserName="boto")["AccessKey"]
assert key["Status"] == "Active", key
own = client("s3", key)
assert code_of(own.get_object, Bucket="boto-bucket", Key="k") == "AccessDenied"
document = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::boto-bucket/*"}],
}
iam.put_user_policy(UserName="boto", PolicyName="read", PolicyDocument=json.dumps(document))
assert own.get_object(Bucket="boto-bucket", Key="k")["Body"].read() == b"body"
assert iam.get_user_policy(UserName="boto", PolicyName="read")["PolicyDocument"] == document
assert iam.list_user_policies(UserName="boto")["PolicyNames"] == ["read"]
iam.delete_user_policy(UserName="boto", PolicyName="read")
assert code_of(own.get_object, Bucket="boto-bucket", Key="k") == "AccessDenied"

group = iam.create_group(GroupName="readers")["Group"]
assert group["GroupId"].startswith("AGPA"), group
iam.put_group_policy(GroupName="readers", PolicyName="read", PolicyDocument=json.dumps(document))
iam.add_user_to_group(GroupName="readers", UserName="boto")
assert own.get_object(Bucket="boto-bucket", Key="k")["Body"].read() == b"body"
assert [one["UserName"] for one in iam.get_group(GroupName="readers")["Users"]] == ["boto"]
assert [one["GroupName"] for one in iam.list_groups_for_user(UserName="boto")["Groups"]] == ["readers"]
iam.update_access_key(UserName="boto", AccessKeyId=key["AccessKeyId"], Status="Inactive")
assert code_of(own.get_object, Bucket="boto-bucket", Key="k") == "InvalidAccessKeyId"
assert iam.list_access_keys(UserName="boto")["AccessKeyMetadata"][0]["Status"] == "Inactive"
iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])

for number in range(5):
    iam.create_user(UserName=f"page-{number}", Path="/pages/")
pages = iam.get_paginator("list_users").paginate(PathPrefix="/pages/", PaginationConfig={"PageSize": 2})
names = [one["UserName"] for page in pages for one in page["Users"]]
assert names == [f"page-{number}" for number in range(5)], names

iam.create_login_profile(UserName="boto", Password="correct horse battery staple")
assert iam.get_login_profile(UserName="boto")["LoginProfile"]["UserName"] == "boto"
assert code_of(iam.delete_user, UserName="boto") == "DeleteConflict"
iam.delete_login_profile(UserName="boto")
iam.delete_access_key(UserName="boto", AccessKeyId=key["AccessKeyId"])
iam.remove_user_from_group(GroupName="readers", UserName="boto")
iam.delete_user(UserName="boto")
iam.delete_group_policy(GroupName="readers", PolicyName="read")
iam.delete_group(GroupName="readers")
assert iam.get_account_summary()["SummaryMap"]["Users"] == 5
assert iam.list_account_aliases()["AccountAliases"] == []
print(json.dumps({"ok": True}))
