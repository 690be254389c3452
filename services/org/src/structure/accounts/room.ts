import { room } from '../../work.ts'
import { table } from './errors.ts'
import { accountById } from './read-accounts.ts'
import { accountResolvers } from './resolvers.ts'

/** Accounts (账号) of the identity provider: whose login it is, and whose own file it may read. */
export const accounts = room({ errors: table, nodes: { Account: accountById }, resolvers: accountResolvers })
