import type { WorkerDeploymentOptions } from '@temporalio/worker'

/**
 * Which version of which deployment this worker is, for Temporal: told by the Temporal Worker Controller, which sends new
 * workflows to a version by and by and keeps the old one while it has some. Workflows here sleep for years, so none is
 * bound to the version that began it; a changed path is `patched()`, and recorded histories are replayed.
 *
 * @returns nothing where nobody says so: all workers of a queue are then alike
 * @throws Error where one of the two is missing
 */
export function versionOf(env: {
  TEMPORAL_DEPLOYMENT_NAME?: string | undefined
  TEMPORAL_WORKER_BUILD_ID?: string | undefined
}): { workerDeploymentOptions?: WorkerDeploymentOptions } {
  const { TEMPORAL_DEPLOYMENT_NAME: deploymentName, TEMPORAL_WORKER_BUILD_ID: buildId } = env
  if (deploymentName === undefined && buildId === undefined) return {}
  if (deploymentName === undefined || buildId === undefined)
    throw new Error(
      'worker cannot start: TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_WORKER_BUILD_ID are wanted both, or neither (须同时设置或同时不设)',
    )
  return {
    workerDeploymentOptions: {
      version: { deploymentName, buildId },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
  }
}
