import { room } from '../../work.ts'
import { table } from './errors.ts'
import { dryRunById } from './read-dry-runs.ts'
import { dryRunResolvers } from './resolvers.ts'

/** What another pack would have made of the last time that is over, before it takes effect. */
export const dryRuns = room({ errors: table, nodes: { PackDryRun: dryRunById }, resolvers: dryRunResolvers })
