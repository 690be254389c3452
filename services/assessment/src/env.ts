import { readEnvironment, serverEnvironment } from '@linghang/subgraph'
import { temporalEnvironment } from '@linghang/temporal'
import { z } from 'zod'

const shape = { ...serverEnvironment, ACTIVITIES: z.enum(['on', 'off']).default('on') }

/** What the server needs: Temporal's too, unless its activities are done by another instance (`ACTIVITIES=off`). */
export const readServerEnvironment = () => {
  const env = readEnvironment('assessment', shape, process.env)
  // Added to and not copied: a copy would hold secrets as they were, whatever their files say later.
  return Object.assign(env, {
    temporal: env.ACTIVITIES === 'on' ? readEnvironment('assessment', temporalEnvironment, process.env) : null,
  })
}

export type ServerEnvironment = ReturnType<typeof readServerEnvironment>
