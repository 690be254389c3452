import { expect, test } from '@jest/globals'
import { versionOf } from './worker-version.ts'

test('platform a worker is a version of its deployment where both are told, and none where neither is', () => {
  expect(versionOf({})).toEqual({})
  expect(versionOf({ TEMPORAL_DEPLOYMENT_NAME: 'party/linghang-worker', TEMPORAL_WORKER_BUILD_ID: '0-1-0' })).toEqual({
    workerDeploymentOptions: {
      version: { deploymentName: 'party/linghang-worker', buildId: '0-1-0' },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
  })
})

test.each([{ TEMPORAL_DEPLOYMENT_NAME: 'a' }, { TEMPORAL_WORKER_BUILD_ID: 'b' }])(
  'platform a worker that is told half of its version does not start, and says which two are wanted',
  half => {
    expect(() => versionOf(half)).toThrow(/TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_WORKER_BUILD_ID.*同时/)
  },
)
