import type { AsService, Supervision, Transact } from '@linghang/access'
import type { Sealing } from '@linghang/sealing'
import type { Prisma } from '../prisma/client/client.ts'
import type { Links } from './materials/links.ts'
import type { ObjectStore } from './materials/object-store.ts'

export type Tx = Prisma.TransactionClient

/** What use cases are given; `main.ts` builds it, tests may build another. */
export type Deps = {
  transact: Transact<Tx>
  asService: AsService<Tx>
  supervision: Supervision
  sealing: Sealing
  /** Where papers of cases lie, sealed. */
  papers: ObjectStore
  links: Links
  newId: () => string
  now: () => Date
}
