import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import type { Producer } from 'kafkajs'
import { createProducer, listDeadLetters, measureLag, publish, replayDeadLetters } from '../src/index.ts'
import { duesOpened, envelopeOf, openWorkshop } from './workshop.ts'

jest.setTimeout(120_000)

let workshop: Awaited<ReturnType<typeof openWorkshop>>
let producer: Producer
beforeAll(async () => {
  workshop = await openWorkshop()
  producer = createProducer(workshop.kafka)
  await producer.connect()
})
afterAll(async () => {
  await producer?.disconnect()
  await workshop?.close()
})

const topic = 'dues.events'
const sendAll = (key: string, values: (object | string)[]) =>
  producer.send({
    topic,
    acks: -1,
    messages: values.map(value => ({ key, value: typeof value === 'string' ? value : JSON.stringify(value) })),
  })
const effectsOf = async (countyId: string): Promise<{ member_id: string; version: number }[]> =>
  (await workshop.look('select member_id, version from effect where county_id = $1 order by seq', [countyId])).map(
    row => ({
      ...row,
      version: Number(row.version),
    }),
  )
const outboxOf = (countyId: string) => workshop.look('select data from outbox_event where county_id = $1', [countyId])
const newGroup = () => `test.${randomUUID()}`

describe('platform events go out with the change', () => {
  test('platform a change that fails leaves no event behind, one that holds leaves one', async () => {
    const actor = workshop.newCounty()
    const failed = workshop.transact(actor, async tx => {
      await publish({ tx, actor }, [duesOpened(randomUUID(), 1)])
      throw new Error('the rest of the change failed')
    })
    await expect(failed).rejects.toThrow('the rest of the change failed')
    expect(await outboxOf(actor.countyId)).toEqual([])
    await workshop.transact(actor, tx => publish({ tx, actor }, [duesOpened(randomUUID(), 1)]))
    expect(await outboxOf(actor.countyId)).toHaveLength(1)
  })

  test('platform data that its schema refuses stops the change', async () => {
    const actor = workshop.newCounty()
    const wrong = workshop.transact(actor, tx => publish({ tx, actor }, [duesOpened('not-an-id', 1)]))
    await expect(wrong).rejects.toMatchObject({ name: 'ZodError' })
    expect(await outboxOf(actor.countyId)).toEqual([])
  })

  test('platform two relays lose nothing and keep the order of each key, also when the leading one stops', async () => {
    const actor = workshop.newCounty()
    const members = Array.from({ length: 5 }, () => randomUUID())
    await workshop.consumer(newGroup(), actor.countyId)
    const first = workshop.relay(7)
    workshop.relay(7)
    for (let version = 1; version <= 40; version++) {
      await workshop.transact(actor, tx =>
        publish(
          { tx, actor },
          members.map(id => duesOpened(id, version)),
        ),
      )
      if (version === 20) await first.stop()
    }
    const effects = await until(async () => {
      const found = await effectsOf(actor.countyId)
      return found.length >= 200 ? found : null
    }, 60_000)
    expect(effects).toHaveLength(200)
    for (const id of members)
      expect(effects.filter(effect => effect.member_id === id).map(effect => effect.version)).toEqual(
        Array.from({ length: 40 }, (_, i) => i + 1),
      )
    await until(async () => (await outboxOf(actor.countyId)).length === 0)
  })

  test('platform a relay whose connection is cut goes on', async () => {
    const actor = workshop.newCounty()
    await workshop.consumer(newGroup(), actor.countyId)
    await workshop.look(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'dues_workshop' and pid <> pg_backend_pid()`,
    )
    const memberId = randomUUID()
    await until(async () => {
      await workshop.transact(actor, tx => publish({ tx, actor }, [duesOpened(memberId, 1)]))
      return true
    })
    await until(async () => (await effectsOf(actor.countyId)).length > 0, 30_000)
    expect(await effectsOf(actor.countyId)).toEqual([{ member_id: memberId, version: 1 }])
  })
})

describe('platform events come in once', () => {
  test('platform an event that comes twice, in one batch or later, has one effect', async () => {
    const actor = workshop.newCounty()
    const memberId = randomUUID()
    const event = envelopeOf(actor.countyId, duesOpened(memberId, 1))
    const last = envelopeOf(actor.countyId, duesOpened(memberId, 2))
    await workshop.consumer(newGroup(), actor.countyId)
    await sendAll(memberId, [event, event])
    await until(async () => (await effectsOf(actor.countyId)).length > 0)
    await sendAll(memberId, [event, last])
    await until(async () => (await effectsOf(actor.countyId)).some(effect => effect.version === 2))
    expect((await effectsOf(actor.countyId)).map(effect => effect.version)).toEqual([1, 2])
  })

  test('platform what can never be read is kept with its place and reason and without its values, and the rest goes on', async () => {
    const actor = workshop.newCounty()
    const memberId = randomUUID()
    const group = newGroup()
    const secret = '330302199001011234'
    const good = (version: number) => envelopeOf(actor.countyId, duesOpened(memberId, version))
    await workshop.consumer(group, actor.countyId)
    const [sent] = await sendAll(memberId, [
      good(1),
      `{"name": "${secret}`,
      { ...good(2), type: 'dues.record.vanished.v1' },
      { ...good(3), data: { ...good(3).data, orgId: secret } },
      { ...good(4), countyid: secret },
      good(5),
    ])
    await until(async () => (await effectsOf(actor.countyId)).some(effect => effect.version === 5))
    expect((await effectsOf(actor.countyId)).map(effect => effect.version)).toEqual([1, 5])
    // What can be read takes effect first; the letters are kept right after it.
    const kept = await until(async () => {
      const letters = (await workshop.asService(listDeadLetters)).filter(letter => letter.consumer === group)
      return letters.length >= 4 ? letters.reverse() : null
    })
    const offset = (n: number) => String(BigInt(sent?.baseOffset ?? 0) + BigInt(n))
    const byOffset = kept.sort((one, other) => Number(one.offset) - Number(other.offset))
    const ours = byOffset.filter(
      letter => Number(letter.offset) >= Number(sent?.baseOffset) && letter.partition === sent?.partition,
    )
    expect(ours.map(letter => [letter.topic, letter.offset, letter.reason])).toEqual([
      [topic, offset(1), 'the message is not JSON'],
      [topic, offset(2), 'unknown event type dues.record.vanished.v1'],
      [topic, offset(3), 'dues.record.changed.v1: orgId invalid_format'],
      [topic, offset(4), 'envelope: countyid invalid_format'],
    ])
    expect(JSON.stringify(kept)).not.toContain(secret)
  })

  test('platform an event that its reaction cannot take is put aside alone, and taken when it is replayed', async () => {
    const actor = workshop.newCounty()
    const memberId = randomUUID()
    const group = newGroup()
    let isReady = false
    await workshop.consumer(group, actor.countyId, event => {
      if (!isReady && (event.data as { version: number }).version === 2) throw new RangeError('its superior is unknown')
    })
    await sendAll(
      memberId,
      [1, 2, 3].map(version => envelopeOf(actor.countyId, duesOpened(memberId, version))),
    )
    await until(async () => (await effectsOf(actor.countyId)).some(effect => effect.version === 3))
    expect((await effectsOf(actor.countyId)).map(effect => effect.version)).toEqual([1, 3])
    // The letter is kept once the events beside it have taken effect.
    const letter = await until(async () => {
      const letters = await workshop.look('select id, reason, event_type from dead_letter where consumer = $1', [group])
      return letters.find(row => row.reason === 'RangeError: its superior is unknown')
    })
    expect(letter).toMatchObject({ event_type: 'dues.record.changed.v1' })

    isReady = true
    expect(await replayDeadLetters(workshop.asService, workshop.kafka, [letter.id])).toBe(1)
    await until(async () => (await effectsOf(actor.countyId)).length === 3)
    expect((await effectsOf(actor.countyId)).map(effect => effect.version)).toEqual([1, 3, 2])
    expect(await replayDeadLetters(workshop.asService, workshop.kafka, [letter.id])).toBe(0)
  })

  test('platform a fault that passes is waited out, and the order of its key is kept', async () => {
    const actor = workshop.newCounty()
    const memberId = randomUUID()
    let failures = 3
    await workshop.consumer(newGroup(), actor.countyId, () => {
      if (failures-- > 0) throw Object.assign(new Error('the database is away'), { code: 'ECONNREFUSED' })
    })
    await sendAll(
      memberId,
      [1, 2, 3].map(version => envelopeOf(actor.countyId, duesOpened(memberId, version))),
    )
    await until(async () => (await effectsOf(actor.countyId)).length === 3, 30_000)
    expect((await effectsOf(actor.countyId)).map(effect => effect.version)).toEqual([1, 2, 3])
  })

  test('platform the lag of a group that has read everything is nothing', async () => {
    const actor = workshop.newCounty()
    const group = newGroup()
    await workshop.consumer(group, actor.countyId)
    await sendAll('k', [envelopeOf(actor.countyId, duesOpened(randomUUID(), 1))])
    await until(async () => (await effectsOf(actor.countyId)).length === 1)
    await until(async () => {
      const lags = (await measureLag(workshop.kafka)).filter(lag => lag.group === group)
      return lags.length > 0 && lags.every(lag => lag.messages === 0n)
    })
  })
})
