import { room } from '../../work.ts'
import { table } from './errors.ts'
import { jointResolvers } from './resolvers.ts'

/** Activities of several organisations as one (联合主题党日、共建), each with a record of its own people. */
export const jointActivities = room({ errors: table, resolvers: jointResolvers })
