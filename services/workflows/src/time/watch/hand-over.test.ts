import { getEventListeners } from 'node:events'
import { expect, test } from '@jest/globals'
import type { AsService } from '@linghang/access'
import { until } from '@linghang/harness/until'
import type { Client } from '@temporalio/client'
import type { Tx } from '../../work.ts'
import { startHandingOver } from './hand-over.ts'

test('platform handing over that waits again and again for something to hand over keeps nothing of it', async () => {
  const made: AbortController[] = []
  const { AbortController: Usual } = globalThis
  globalThis.AbortController = class extends Usual {
    constructor() {
      super()
      made.push(this)
    }
  }
  let asked = 0
  const nothing = async () => {
    asked += 1
    return []
  }
  const handingOver = startHandingOver({
    ...{ client: () => ({}) as Client, asService: nothing as unknown as AsService<Tx>, now: () => new Date() },
    ...{ hours: { opensAtMinute: 540, aheadMinutes: 60 }, log: { warn: () => undefined } },
  })
  globalThis.AbortController = Usual
  await until(() => asked === 4)
  const listeners = made.flatMap(({ signal }) => getEventListeners(signal, 'abort'))
  await handingOver.stop()
  expect(listeners.length).toBeLessThanOrEqual(1)
})
