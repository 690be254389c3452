import { useCasesOf, type Work as WorkIn } from '@linghang/access'
import { kyselyOf, type TablesOf } from '@linghang/database'
import type { RequestContext } from '@linghang/subgraph'
import { roomsOf } from '@linghang/subgraph/room'
import type { Prisma } from '../prisma/client/client.ts'
import type { DB } from '../prisma/client/tables.ts'

export type Tx = Prisma.TransactionClient
/** What the use cases of this service work with. */
export type Work = WorkIn<Tx>
export type Context = RequestContext<Work>
export const useCase = useCasesOf<Work>()
export const room = roomsOf<Work>()
/** Typed SQL in an operation's transaction; for stores. */
export const sqlOf = kyselyOf<TablesOf<DB>>
