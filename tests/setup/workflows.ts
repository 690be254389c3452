import { temporalTestServerPath } from '@linghang/devstack'
import { workflowBundle } from '../../services/workflows/src/bundle.ts'

/** Fetches the time-skipping server; the workflows are bundled as the worker runs them. */
export default async function setup(): Promise<void> {
  process.env.TEST_WORKFLOW_BUNDLE = await workflowBundle()
  process.env.TEST_TEMPORAL_SERVER = await temporalTestServerPath(() => undefined)
}
