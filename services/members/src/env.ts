import { keyRing, readEnvironment, serverEnvironment } from '@linghang/subgraph'

/** What the server needs. */
export const readServerEnvironment = () =>
  readEnvironment('members', { ...serverEnvironment, REGISTER_KEYS: keyRing }, process.env)

export type ServerEnvironment = ReturnType<typeof readServerEnvironment>
