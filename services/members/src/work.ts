import { useCasesOf, type Work as WorkIn } from '@linghang/access'
import { kyselyOf, type TablesOf } from '@linghang/database'
import type { Links, ObjectStore } from '@linghang/papers'
import type { CountySeal } from '@linghang/sealing'
import type { RequestContext } from '@linghang/subgraph'
import { roomsOf } from '@linghang/subgraph/room'
import type { Selectable } from 'kysely'
import type { Prisma } from '../prisma/client/client.ts'
import type { DB } from '../prisma/client/tables.ts'

export type Tx = Prisma.TransactionClient
/** What this service's use cases need beside what all have: the keys of the actor's county, and where papers of cases lie, sealed. */
export type Own = { seal(): CountySeal; papers: ObjectStore; links: Links }
/** What the use cases of this service work with. */
export type Work = WorkIn<Tx> & Own
export type Context = RequestContext<Work>
export const useCase = useCasesOf<Work>()
export const room = roomsOf<Work>()

export type Tables = TablesOf<DB>
/** Typed SQL in an operation's transaction; for stores. */
export const sqlOf = kyselyOf<Tables>
/** What is read of a table's rows by these keys. */
export type Row<Table extends keyof Tables, Key extends keyof Selectable<Tables[Table]>> = Pick<
  Selectable<Tables[Table]>,
  Key
>
