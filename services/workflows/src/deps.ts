import type { Supervision, Transact } from '@linghang/access'
import type { Prisma } from '../prisma/client/client.ts'

export type Tx = Prisma.TransactionClient

/** What use cases are given; `service.ts` builds it, tests may build another. */
export type Deps = {
  transact: Transact<Tx>
  supervision: Supervision
  now: () => Date
  secretOf: (id: string) => string
}
