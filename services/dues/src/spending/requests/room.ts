import { room } from '../../work.ts'
import { table } from './errors.ts'
import { hearMeetings } from './hear-meetings.ts'
import { spendingById } from './read-spendings.ts'
import { spendingResolvers } from './resolvers.ts'
import { type VoucherFiles, voucherRoutes } from './routes.ts'

/** Requests to spend dues: decided on by a meeting, approved one level up, held, and settled. */
export const requests = (files: VoucherFiles) =>
  room({
    errors: table,
    nodes: { DuesSpending: spendingById },
    resolvers: spendingResolvers(files),
    reactions: { meetings: [hearMeetings] },
    routes: voucherRoutes(files),
  })
