import { useCasesOf, type Work as WorkIn } from '@linghang/access'
import type { Sealing } from '@linghang/sealing'
import { type RequestContext, roomsOf } from '@linghang/subgraph'
import type { Prisma } from '../prisma/client/client.ts'

export type Tx = Prisma.TransactionClient
/** What the use cases of this service work with. */
export type Work = WorkIn<Tx> & { sealing: Sealing }
export type Context = RequestContext<Work>
export const useCase = useCasesOf<Work>()
export const room = roomsOf<Work>()
