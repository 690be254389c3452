import type { DB } from '../prisma/client/tables.ts'
import { kyselyOf, type TablesOf } from './kysely.ts'

/** The tables that several services have, and packages write to. A service's own `sqlOf` has them beside the service's. */
export type SharedTables = TablesOf<DB>
/** Typed SQL on them, in an operation's transaction. */
export const sqlOf = kyselyOf<SharedTables>
