import { room } from '../../work.ts'
import { table } from './errors.ts'
import { waiverById } from './read-waivers.ts'
import { waiverResolvers } from './resolvers.ts'

/** Fewer dues or none in hardship (党费减免). */
export const waivers = room({ errors: table, nodes: { DuesWaiver: waiverById }, resolvers: waiverResolvers })
