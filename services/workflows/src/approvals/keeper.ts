import { keeperOf } from '../time/watch/keeper.ts'
import { approvalWorkflowId } from './watch.ts'
import { approval } from './workflow.ts'

export const approvalKeeper = keeperOf(approval, approvalWorkflowId)
