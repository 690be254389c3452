import { keepCities } from '@linghang/events'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { keepTreeAndAccounts } from './follow-tree.ts'
import { duesAccountById, realAccountById } from './read-accounts.ts'
import { accountResolvers } from './resolvers.ts'

/** Where dues lie, and what each organisation has of them. */
export const accounts = room({
  errors: table,
  nodes: { RealDuesAccount: realAccountById, DuesAccount: duesAccountById },
  resolvers: accountResolvers,
  reactions: { 'org-tree': [keepTreeAndAccounts, keepCities] },
})
