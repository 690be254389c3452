import type { RawTx } from '@linghang/access'
import { readersOf } from './room.ts'
import type { Ground, Plan } from './stand-up.ts'

const groundless = <Tx extends RawTx>(): Ground<Tx> =>
  new Proxy({} as Ground<Tx>, {
    get: (_, name) => () => {
      throw new Error(`${String(name)} was asked for: a service that does not stand hears nothing`)
    },
  })

/** What a service hears, from the very rooms with which it stands up, without standing it up: groups and their topics. */
export const hearingOf = <Tx extends RawTx, Own extends object>({
  name,
  build,
}: Pick<Plan<Tx, never, Own>, 'name' | 'build'>) =>
  readersOf(name, build(groundless<Tx>()).rooms).map(({ group, topics }) => ({ group, topics }))
