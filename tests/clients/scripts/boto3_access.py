"""Users, policies, roles and temporary credentials through boto3: the way a program of somebody's would use them."""

import datetime
import json
import sys
import urllib.request

import boto3
import botocore

endpoint = sys.argv[1]
BUCKET = "access-boto3"


def client(service, **credentials):
    return boto3.client(service, endpoint_url=endpoint, **credentials)


def expect(code, call, **arguments):
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code, (code, error.response["Error"])
        return error
    raise AssertionError(f"{code} was expected of {call}")


def allow(action, resource="*", **more):
    statement = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust(principal):
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": ["sts:AssumeRole", "sts:TagSession"]}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def session_of(answer):
    credentials = answer["Credentials"]
    return {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": credentials["SessionToken"],
    }


def policies(iam):
    made = iam.create_policy(
        PolicyName="reads",
        Path="/team/",
        Description="reads <everything>",
        PolicyDocument=allow("s3:GetObject"),
        Tags=[{"Key": "cost", "Value": "7"}],
    )["Policy"]
    arn = made["Arn"]
    assert made["DefaultVersionId"] == "v1" and made["IsAttachable"] is True
    assert isinstance(made["CreateDate"], datetime.datetime)
    expect("EntityAlreadyExists", iam.create_policy, PolicyName="reads", PolicyDocument=allow("s3:*"))
    bad = expect("MalformedPolicyDocument", iam.create_policy, PolicyName="bad", PolicyDocument="{")
    assert isinstance(bad, iam.exceptions.MalformedPolicyDocumentException)
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow("s3:Get*"), SetAsDefault=True)
    shown = iam.get_policy_version(PolicyArn=arn, VersionId="v2")["PolicyVersion"]
    assert shown["Document"]["Statement"][0]["Action"] == "s3:Get*" and shown["IsDefaultVersion"]
    assert [one["VersionId"] for one in iam.list_policy_versions(PolicyArn=arn)["Versions"]] == ["v2", "v1"]
    assert iam.get_policy(PolicyArn=arn)["Policy"]["Tags"] == [{"Key": "cost", "Value": "7"}]
    local = [one["Arn"] for one in iam.list_policies(Scope="Local")["Policies"]]
    assert local == [arn], local
    pages = iam.get_paginator("list_policies").paginate(PaginationConfig={"PageSize": 2})
    names = [one["PolicyName"] for page in pages for one in page["Policies"]]
    assert "AmazonS3FullAccess" in names and "reads" in names and names == sorted(names), names
    conflict = expect("DeleteConflict", iam.delete_policy, PolicyArn=arn)
    assert isinstance(conflict, iam.exceptions.DeleteConflictException)
    iam.delete_policy_version(PolicyArn=arn, VersionId="v1")
    return arn


def roles(iam, worker_arn, policy_arn):
    role = iam.create_role(
        RoleName="night",
        AssumeRolePolicyDocument=trust(worker_arn),
        MaxSessionDuration=7200,
        Tags=[{"Key": "team", "Value": "a"}],
    )["Role"]
    assert role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["AWS"] == worker_arn
    iam.attach_role_policy(RoleName="night", PolicyArn=policy_arn)
    iam.put_role_policy(RoleName="night", PolicyName="lists", PolicyDocument=allow("s3:ListBucket"))
    assert iam.list_role_policies(RoleName="night")["PolicyNames"] == ["lists"]
    inline = iam.get_role_policy(RoleName="night", PolicyName="lists")["PolicyDocument"]
    assert inline["Statement"][0]["Action"] == "s3:ListBucket"
    attached = iam.list_attached_role_policies(RoleName="night")["AttachedPolicies"]
    assert attached == [{"PolicyName": "reads", "PolicyArn": policy_arn}], attached
    entities = iam.list_entities_for_policy(PolicyArn=policy_arn)
    assert [one["RoleName"] for one in entities["PolicyRoles"]] == ["night"]
    iam.update_role(RoleName="night", Description="by night", MaxSessionDuration=3600)
    assert iam.get_role(RoleName="night")["Role"]["Description"] == "by night"
    assert [one["RoleName"] for one in iam.list_roles()["Roles"]] == ["night"]
    iam.get_waiter("role_exists").wait(RoleName="night")
    expect("NoSuchEntity", iam.get_role, RoleName="absent")
    return role["Arn"]


def sessions(worker, role_arn):
    sts = client("sts", **worker)
    answer = sts.assume_role(RoleArn=role_arn, RoleSessionName="job-1", DurationSeconds=900)
    assert answer["AssumedRoleUser"]["Arn"].endswith(":assumed-role/night/job-1")
    assert answer["Credentials"]["Expiration"] > datetime.datetime.now(datetime.timezone.utc)
    session = session_of(answer)
    assert client("sts", **session).get_caller_identity()["Arn"] == answer["AssumedRoleUser"]["Arn"]
    s3 = client("s3", **session)
    assert s3.get_object(Bucket=BUCKET, Key="a/1")["Body"].read() == b"one"
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=BUCKET)["Contents"]] == ["a/1", "b/1"]
    expect("AccessDenied", s3.put_object, Bucket=BUCKET, Key="x", Body=b"")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": "a/1"})
    assert urllib.request.urlopen(url).read() == b"one"
    narrow = sts.assume_role(
        RoleArn=role_arn,
        RoleSessionName="job-2",
        Policy=allow("s3:GetObject", f"arn:aws:s3:::{BUCKET}/b/*"),
        Tags=[{"Key": "run", "Value": "2"}],
    )
    s3 = client("s3", **session_of(narrow))
    assert s3.get_object(Bucket=BUCKET, Key="b/1")["Body"].read() == b"two"
    expect("AccessDenied", s3.get_object, Bucket=BUCKET, Key="a/1")
    too_long = {"RoleArn": role_arn, "RoleSessionName": "job-3", "DurationSeconds": 7200}
    expect("ValidationError", sts.assume_role, **too_long)
    own = session_of(sts.get_session_token(DurationSeconds=900))
    assert client("sts", **own).get_caller_identity()["Arn"] == sts.get_caller_identity()["Arn"]
    expect("AccessDenied", client("iam", **own).list_roles)
    return session


def main():
    iam = client("iam")
    s3 = client("s3")
    s3.create_bucket(Bucket=BUCKET)
    s3.put_object(Bucket=BUCKET, Key="a/1", Body=b"one")
    s3.put_object(Bucket=BUCKET, Key="b/1", Body=b"two")
    policy_arn = policies(iam)
    worker_arn = iam.create_user(UserName="worker")["User"]["Arn"]
    key = iam.create_access_key(UserName="worker")["AccessKey"]
    worker = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
    expect("AccessDenied", client("s3", **worker).get_object, Bucket=BUCKET, Key="a/1")
    iam.attach_user_policy(UserName="worker", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
    assert client("s3", **worker).get_object(Bucket=BUCKET, Key="a/1")["Body"].read() == b"one"
    iam.detach_user_policy(UserName="worker", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
    expect("AccessDenied", client("s3", **worker).get_object, Bucket=BUCKET, Key="a/1")
    role_arn = roles(iam, worker_arn, policy_arn)
    session = sessions(worker, role_arn)
    expect("DeleteConflict", iam.delete_role, RoleName="night")
    iam.detach_role_policy(RoleName="night", PolicyArn=policy_arn)
    expect("AccessDenied", client("s3", **session).get_object, Bucket=BUCKET, Key="a/1")
    iam.delete_role_policy(RoleName="night", PolicyName="lists")
    iam.delete_role(RoleName="night")
    expect("InvalidAccessKeyId", client("s3", **session).get_object, Bucket=BUCKET, Key="a/1")
    iam.delete_policy(PolicyArn=policy_arn)
    print(json.dumps({"ok": True}))


main()
