import type { Case } from './case.ts'
import { databaseCases } from './cases/databases.ts'
import { duesCases } from './cases/dues.ts'
import { eventCases } from './cases/events.ts'
import { importCases } from './cases/imports.ts'
import { objectiveCases } from './cases/objectives.ts'
import { paperCases } from './cases/papers.ts'
import { processCases } from './cases/processes.ts'
import { scoreCases } from './cases/scores.ts'
import { workflowCases } from './cases/workflows.ts'

/** Every case of every alert. */
export const cases: readonly Case[] = [
  ...processCases,
  ...eventCases,
  ...databaseCases,
  ...paperCases,
  ...workflowCases,
  ...importCases,
  ...duesCases,
  ...scoreCases,
  ...objectiveCases,
]
