import { room } from '../../work.ts'
import { table } from './errors.ts'
import { bankLineById } from './read-lines.ts'
import { bankResolvers } from './resolvers.ts'
import { statementRoutes } from './routes.ts'

/** What the bank says of a committee's account, line by line, and what each line is. */
export const bank = room({
  errors: table,
  nodes: { DuesBankLine: bankLineById },
  resolvers: bankResolvers,
  routes: statementRoutes,
})
