import { useCasesOf, type Work as WorkIn } from '@linghang/access'
import { type RequestContext, roomsOf } from '@linghang/subgraph'
import type { Prisma } from '../prisma/client/client.ts'

export type Tx = Prisma.TransactionClient
/** What this service's use cases need beside what all have: the secret in a calendar feed's address. */
export type Own = { secretOf: (id: string) => string }
/** What the use cases of this service work with. */
export type Work = WorkIn<Tx> & Own
export type Context = RequestContext<Work>
export const useCase = useCasesOf<Work>()
export const room = roomsOf<Work>()
