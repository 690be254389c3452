import { keeperOf } from '../../time/watch/keeper.ts'
import { caseWorkflowId } from './watch.ts'
import { developmentCase } from './workflow.ts'

export const caseKeeper = keeperOf(developmentCase, caseWorkflowId)
