import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkLocationConstraint, shownLocation } from '../../../src-server/domain/bucket-location.ts';
import { isFailure } from '../../../src-server/domain/failure.ts';

test("the server's own region, its alias or none can be asked for", () => {
  assert.equal(checkLocationConstraint(undefined, 'us-east-1'), null);
  assert.equal(checkLocationConstraint('', 'eu-west-1'), null);
  assert.equal(checkLocationConstraint('eu-central-1', 'eu-central-1'), 'eu-central-1');
  assert.equal(checkLocationConstraint('EU', 'eu-west-1'), 'EU');
  assert.equal(checkLocationConstraint('office', 'office'), 'office');
});

test('another region and no region at all are told apart', () => {
  for (const other of ['eu-west-1', 'EU', 'us-gov-east-1']) {
    assert.throws(
      () => checkLocationConstraint(other, 'us-east-1'),
      (error) => isFailure(error, 'IllegalLocationConstraintException'),
    );
  }
  assert.throws(
    () => checkLocationConstraint('moon', 'us-east-1'),
    (error) => isFailure(error, 'InvalidLocationConstraint'),
  );
});

test('us-east-1 shows no constraint, others the region or the alias they were made with', () => {
  assert.equal(shownLocation(null, 'us-east-1'), undefined);
  assert.equal(shownLocation('us-east-1', 'us-east-1'), undefined);
  assert.equal(shownLocation(null, 'eu-west-1'), 'eu-west-1');
  assert.equal(shownLocation('EU', 'eu-west-1'), 'EU');
  assert.equal(shownLocation('EU', 'eu-central-1'), 'eu-central-1');
});
