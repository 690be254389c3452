import { always, type Keeper } from '../../time/watch/keeper.ts'
import { type Watch, workflowIdOf } from './watch.ts'
import { deadlineWatch, watchChanged } from './workflow.ts'

/** @param subjectType of a person only where a roster told of their dates before there were cases */
export const termKeeper = (subjectType: Watch['subjectType']): Keeper => ({
  workflow: deadlineWatch.name,
  take(client, { subjectId, countyId, version, deadlines }) {
    const watch: Watch = { subjectId, subjectType, countyId, version, deadlines }
    return client.workflow.signalWithStart(deadlineWatch, {
      ...always,
      workflowId: workflowIdOf(watch),
      args: [watch],
      signal: watchChanged,
      signalArgs: [watch],
    })
  },
})
