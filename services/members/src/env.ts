import { papersEnvironment } from '@linghang/papers'
import { keyRing, readEnvironment, serverEnvironment } from '@linghang/subgraph'

/** What the server needs. */
export const readServerEnvironment = () =>
  readEnvironment(
    'members',
    {
      ...serverEnvironment,
      REGISTER_KEYS: keyRing,
      ...papersEnvironment,
    },
    process.env,
  )

export type ServerEnvironment = ReturnType<typeof readServerEnvironment>
