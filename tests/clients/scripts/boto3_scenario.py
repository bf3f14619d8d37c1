"""A day with boto3. Run with the endpoint as the only argument; any failure is an exception."""

import hashlib
import io
import json
import sys
import urllib.error
import urllib.request
import uuid

import boto3
import botocore
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

MIB = 1024 * 1024
VERSION = tuple(int(part) for part in botocore.__version__.split(".")[:2])
CURRENT = VERSION >= (1, 36)

endpoint = sys.argv[1]


def client(**config):
    settings = Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}, **config)
    return boto3.client("s3", endpoint_url=endpoint, config=settings)


def seeded(size, seed):
    pieces, have, counter = [], 0, 0
    while have < size:
        piece = hashlib.sha512(f"{seed}/{counter}".encode()).digest() * 64
        pieces.append(piece)
        have += len(piece)
        counter += 1
    return b"".join(pieces)[:size]


def expect_error(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        found = error.response["Error"]["Code"]
        assert found == code, f"{found} instead of {code}"
        assert error.response["ResponseMetadata"]["RequestId"], "no request id"
        return
    raise AssertionError(f"{code} was expected")


def objects(s3):
    s3.create_bucket(Bucket="boto-bucket")
    body = seeded(100_000, 1)
    s3.put_object(Bucket="boto-bucket", Key="a/ö b+c%2F.txt", Body=body, Metadata={"colour": "blue"},
                  ContentType="text/x-test", CacheControl="no-cache")
    got = s3.get_object(Bucket="boto-bucket", Key="a/ö b+c%2F.txt")
    assert got["Body"].read() == body
    assert got["ETag"] == f'"{hashlib.md5(body).hexdigest()}"'
    assert got["Metadata"] == {"colour": "blue"} and got["ContentType"] == "text/x-test"
    part = s3.get_object(Bucket="boto-bucket", Key="a/ö b+c%2F.txt", Range="bytes=-100")
    assert part["Body"].read() == body[-100:]
    s3.copy_object(Bucket="boto-bucket", Key="copy", CopySource={"Bucket": "boto-bucket", "Key": "a/ö b+c%2F.txt"})
    assert s3.get_object(Bucket="boto-bucket", Key="copy")["Body"].read() == body
    expect_error("NoSuchKey", s3.get_object, Bucket="boto-bucket", Key="none")
    expect_error("404", s3.head_object, Bucket="boto-bucket", Key="none")
    expect_error("NoSuchBucket", s3.list_objects_v2, Bucket="boto-none")
    expect_error("BucketNotEmpty", s3.delete_bucket, Bucket="boto-bucket")


def checksums(s3):
    body = seeded(300_000, 2)
    for algorithm in ["CRC32", "SHA1", "SHA256"]:
        key = f"sum/{algorithm}"
        put = s3.put_object(Bucket="boto-bucket", Key=key, Body=body, ChecksumAlgorithm=algorithm)
        got = s3.get_object(Bucket="boto-bucket", Key=key, ChecksumMode="ENABLED")
        field = f"Checksum{algorithm}"
        assert put[field] == got[field], algorithm
        assert got["Body"].read() == body
    if CURRENT:
        expect_error("PreconditionFailed", s3.put_object, Bucket="boto-bucket", Key="copy", Body=b"x", IfNoneMatch="*")
    wrong = {"Bucket": "boto-bucket", "Key": "wrong", "Body": b"abc", "ContentMD5": "AAAAAAAAAAAAAAAAAAAAAA=="}
    expect_error("BadDigest", s3.put_object, **wrong)
    expect_error("404", s3.head_object, Bucket="boto-bucket", Key="wrong")


def multipart(s3):
    body = seeded(21 * MIB + 5, 3)
    config = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB, max_concurrency=4)
    s3.upload_fileobj(io.BytesIO(body), "boto-bucket", "large", Config=config)
    sink = io.BytesIO()
    s3.download_fileobj("boto-bucket", "large", sink, Config=config)
    assert hashlib.sha256(sink.getvalue()).digest() == hashlib.sha256(body).digest()
    assert s3.head_object(Bucket="boto-bucket", Key="large")["ETag"].endswith('-5"')
    assert s3.get_object(Bucket="boto-bucket", Key="large", PartNumber=5)["Body"].read() == body[20 * MIB:]
    s3.copy({"Bucket": "boto-bucket", "Key": "large"}, "boto-bucket", "large-copy", Config=config)
    sink = io.BytesIO()
    s3.download_fileobj("boto-bucket", "large-copy", sink)
    assert sink.getvalue() == body
    upload = s3.create_multipart_upload(Bucket="boto-bucket", Key="left")
    s3.upload_part(Bucket="boto-bucket", Key="left", UploadId=upload["UploadId"], PartNumber=1, Body=b"x")
    assert [each["Key"] for each in s3.list_multipart_uploads(Bucket="boto-bucket")["Uploads"]] == ["left"]
    s3.abort_multipart_upload(Bucket="boto-bucket", Key="left", UploadId=upload["UploadId"])
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="boto-bucket")


def listing(s3):
    keys = sorted([f"list/{number:04d}" for number in range(120)] + ["list/ä", "list/a b", "list/z+%"],
                  key=lambda key: key.encode())
    for key in keys:
        s3.put_object(Bucket="boto-bucket", Key=key, Body=b"")
    for operation in ["list_objects", "list_objects_v2"]:
        pages = s3.get_paginator(operation).paginate(Bucket="boto-bucket", Prefix="list/",
                                                     PaginationConfig={"PageSize": 50})
        found = [entry["Key"] for page in pages for entry in page["Contents"]]
        assert found == keys, operation
    wanted = [{"Key": key} for key in keys]
    gone = s3.delete_objects(Bucket="boto-bucket", Delete={"Objects": wanted})
    assert len(gone["Deleted"]) == len(keys) and "Errors" not in gone


def versions(s3):
    s3.create_bucket(Bucket="boto-versions")
    s3.put_bucket_versioning(Bucket="boto-versions", VersioningConfiguration={"Status": "Enabled"})
    ids = [s3.put_object(Bucket="boto-versions", Key="k", Body=f"body {number}".encode())["VersionId"]
           for number in range(3)]
    marker = s3.delete_object(Bucket="boto-versions", Key="k")
    assert marker["DeleteMarker"] is True
    expect_error("NoSuchKey", s3.get_object, Bucket="boto-versions", Key="k")
    old = s3.get_object(Bucket="boto-versions", Key="k", VersionId=ids[0])
    assert old["Body"].read() == b"body 0"
    bucket = boto3.resource("s3", endpoint_url=endpoint).Bucket("boto-versions")
    bucket.object_versions.delete()
    bucket.delete()


def presigned(s3):
    url = s3.generate_presigned_url("put_object", Params={"Bucket": "boto-bucket", "Key": "signed"}, ExpiresIn=60)
    urllib.request.urlopen(urllib.request.Request(url, data=b"by url", method="PUT")).read()
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "boto-bucket", "Key": "signed"}, ExpiresIn=60)
    assert urllib.request.urlopen(url).read() == b"by url"
    try:
        urllib.request.urlopen(url.replace("signed?", "copy?"))
        raise AssertionError("a signature for one key opened another")
    except urllib.error.HTTPError as error:
        assert error.code == 403
    form(s3)


def form(s3):
    post = s3.generate_presigned_post("boto-bucket", "form/${filename}", Conditions=[["content-length-range", 1, 99]])
    boundary = uuid.uuid4().hex
    lines = []
    for name, value in post["fields"].items():
        lines += [f"--{boundary}", f'Content-Disposition: form-data; name="{name}"', "", value]
    lines += [f"--{boundary}", 'Content-Disposition: form-data; name="file"; filename="n.txt"',
              "Content-Type: text/plain", "", "by form", f"--{boundary}--", ""]
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    request = urllib.request.Request(post["url"], data="\r\n".join(lines).encode(), headers=headers, method="POST")
    assert urllib.request.urlopen(request).status == 204
    assert s3.get_object(Bucket="boto-bucket", Key="form/n.txt")["Body"].read() == b"by form"


def leave(s3):
    bucket = boto3.resource("s3", endpoint_url=endpoint).Bucket("boto-bucket")
    bucket.objects.delete()
    bucket.delete()
    assert s3.list_buckets()["Buckets"] == []


def main():
    s3 = client(signature_version="s3v4")
    for step in [objects, checksums, multipart, listing, versions, presigned]:
        step(s3)
    old_signature = client(signature_version="s3")
    assert old_signature.get_object(Bucket="boto-bucket", Key="signed")["Body"].read() == b"by url"
    leave(s3)
    print(json.dumps({"boto3": boto3.__version__, "botocore": botocore.__version__, "ok": True}))


main()
