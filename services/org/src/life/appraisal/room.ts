import { room } from '../../work.ts'
import { table } from './errors.ts'
import { appraisalResolvers } from './resolvers.ts'

/** The yearly appraisal of members (民主评议党员): self, mutual, the test, the committee's grade. */
export const appraisal = room({ errors: table, resolvers: appraisalResolvers })
