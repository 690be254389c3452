import type { Case } from './case.ts'
import { eventCases } from './cases/events.ts'
import { processCases } from './cases/processes.ts'

/** Every case of every alert. */
export const cases: readonly Case[] = [...processCases, ...eventCases]
