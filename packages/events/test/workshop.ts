import { randomUUID } from 'node:crypto'
import { type Doing, systemActor } from '@linghang/access'
import { databaseUrl, superuserUrl } from '@linghang/harness/databases'
import { openDatabase } from '@linghang/harness/open-database'
import { surroundings } from '@linghang/harness/surroundings'
import pg from 'pg'
import { createKafka, type Event, type NewEvent, reaction, startConsumer, startRelay } from '../src/index.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A database of its own with outbox and inbox in it, and the shared Kafka: what relay and consumer are tried on. */
export async function openWorkshop() {
  const at = surroundings()
  const { transact, asService, close } = await openDatabase('dues', 'workshop')
  const root = new pg.Pool({ connectionString: superuserUrl('dues', 'workshop'), max: 2 })
  await root.query(`create table if not exists effect (seq bigint generated always as identity, county_id uuid, member_id uuid, version bigint unique nulls not distinct);
    grant select, insert on effect to linghang_county`)
  await root.query('alter table effect drop constraint if exists effect_version_key')
  const loginUrl = databaseUrl(at, 'dues', 'workshop')
  root.on('error', () => undefined)
  const kafka = createKafka('workshop', at.kafkaBrokers.split(','), quiet)
  const running: { stop(): Promise<void> }[] = []
  return {
    kafka,
    loginUrl,
    transact,
    asService,
    newCounty: () => systemActor(randomUUID()),
    look: async (sql: string, values: unknown[] = []) => (await root.query(sql, values)).rows,
    relay(batchSize?: number) {
      const onRefused = (error: Error) => {
        throw error
      }
      const relay = startRelay({ kafka, databaseUrl: loginUrl, source: 'workshop', log: quiet, batchSize, onRefused })
      running.push(relay)
      return relay
    },
    /** Writes one row an event; `refuse` may throw for some of them. */
    async consumer(group: string, countyId: string, refuse: (event: Event) => void = () => undefined) {
      const record = reaction(
        ['dues.record.opened.v1', 'dues.record.changed.v1'],
        async ({ tx, actor }: Doing, events) => {
          for (const event of events) {
            if (event.countyid !== countyId) continue
            refuse(event)
            const { data } = event
            await tx.$executeRawUnsafe(
              'insert into effect (county_id, member_id, version) values ($1, $2, $3)',
              actor.countyId,
              data.memberId,
              data.version,
            )
          }
        },
      )
      const consumer = startConsumer<Doing>({
        kafka,
        group,
        topics: ['dues.events'],
        perform: (actor, run, options) => transact(actor, tx => run({ tx, actor }), options),
        asService,
        reactions: [record],
        log: quiet,
        onCrash: error => {
          throw error
        },
      })
      running.push(consumer)
      await consumer.started
      return consumer
    },
    async close(): Promise<void> {
      await Promise.all(running.map(part => part.stop()))
      await close()
      await root.end()
    },
  }
}

/** Somebody's dues record, as an event that is still to be told. */
export const duesOpened = (memberId: string, version: number): NewEvent => ({
  type: 'dues.record.changed.v1',
  orgId: null,
  subject: memberId,
  data: { memberId, orgId: memberId, owes: true, complete: true, version },
})

/** The same as it travels. */
export const envelopeOf = (countyId: string, event: NewEvent, id = randomUUID()) => ({
  specversion: '1.0',
  id,
  type: event.type,
  source: '/linghang/test',
  subject: event.subject,
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  countyid: countyId,
  data: event.data,
})
