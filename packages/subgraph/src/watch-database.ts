import { metrics } from '@opentelemetry/api'
import type pg from 'pg'
import { askOnce } from './ask-once.ts'

/** Looking at every file of a database costs it something, and its size moves slowly. */
const sizeEveryMs = 60_000

/** Whether the database answers, and how large it is. */
export function watchDatabase(pool: pg.Pool): void {
  const meter = metrics.getMeter('linghang.database')
  const answers = askOnce(async () => (await pool.query('select 1')).rowCount === 1)
  meter
    .createObservableGauge('linghang_database_answers', { description: '1 where the database answers, 0 where not' })
    .addCallback(async result => result.observe((await answers()) ? 1 : 0))
  const size = askOnce(
    async () =>
      Number((await pool.query('select pg_database_size(current_database()) as bytes')).rows[0]?.bytes ?? Number.NaN),
    { everyMs: sizeEveryMs },
  )
  meter
    .createObservableGauge('linghang_database_size_bytes', { description: 'Size of the database on its disk' })
    .addCallback(async result => {
      const bytes = await size()
      if (bytes !== null) result.observe(bytes)
    })
}
