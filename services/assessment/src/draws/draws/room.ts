import { room } from '../../work.ts'
import { table } from './errors.ts'
import { drawById } from './read-draws.ts'
import { drawResolvers } from './resolvers.ts'

/** The draw of a quarter (台账抽查): what decides it is published before it is held, so that anybody can recompute it. */
export const draws = room({ errors: table, nodes: { LedgerDraw: drawById }, resolvers: drawResolvers })
