import { room } from '../../work.ts'
import { table } from './errors.ts'
import { fixingLineById } from './read-fixings.ts'
import { fixingResolvers } from './resolvers.ts'

/** The yearly fixing of what each member pays (年初核定). */
export const fixings = room({
  errors: table,
  nodes: { DuesFixingLine: fixingLineById },
  resolvers: fixingResolvers,
})
