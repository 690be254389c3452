import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, type SqlDriverAdapterFactory, type SqlQueryable } from '@prisma/driver-adapter-utils'
import type { Pool } from './pool.ts'

/**
 * Raw rows would give a calendar date as a Date, an instant that no day is. As a column of text it comes as PostgreSQL
 * writes it, 'YYYY-MM-DD'; the models of Prisma, which know their fields' types, read that text as ever.
 */
const withTextDates = <Q extends SqlQueryable>(queryable: Q): Q => {
  const queryRaw = queryable.queryRaw.bind(queryable)
  queryable.queryRaw = async query => {
    const result = await queryRaw(query)
    for (const [index, type] of result.columnTypes.entries()) {
      if (type === ColumnTypeEnum.Date) result.columnTypes[index] = ColumnTypeEnum.Text
      if (type === ColumnTypeEnum.DateArray) result.columnTypes[index] = ColumnTypeEnum.TextArray
    }
    return result
  }
  return queryable
}

/** How a service's Prisma client reaches its database: `new PrismaClient({ adapter: createAdapter(pool) })`. */
export const createAdapter = (pool: Pool): SqlDriverAdapterFactory => {
  const inner = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => pool.nameOf(sql) as string })
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    async connect() {
      const adapter = withTextDates(await inner.connect())
      const startTransaction = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async level => withTextDates(await startTransaction(level))
      return adapter
    },
  }
}
