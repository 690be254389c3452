import { room } from '../../work.ts'
import { table } from './errors.ts'
import { deductionResolvers } from './resolvers.ts'

/** Deductions that are proposed, and what somebody in charge makes of them: none counts by itself (R8). */
export const deductions = room({ errors: table, resolvers: deductionResolvers })
