import { resolve } from 'node:path'
import { stackFault } from '@linghang/devstack'
import { Client, Connection } from '@temporalio/client'
import { readCommandLine, runCommand } from './command-line.ts'
import { defaultStateDir, readTemporal } from './env.ts'
import { readCell } from './moving/cell.ts'
import { forget, moveCounty, takeBack } from './moving/move-county.ts'
import { inDatabase } from './moving/session.ts'
import { connectKafka, findOperated } from './operate.ts'

const usage = {
  zh: '用法：npm run county:move -- --county 区划代码 [--back | --forget]；迁出平台取自 LINGHANG_DATABASE_URL、LINGHANG_KAFKA_BROKERS、REGISTER_KEYS、MATERIALS_STORE、TEMPORAL_ADDRESS 等变量，迁入平台取自以 TARGET_ 开头的同名变量；--back 恢复原状，--forget 在启用之后删除迁出平台的数据',
  en: 'Usage: npm run county:move -- --county code [--back | --forget]; the cell it leaves is named by LINGHANG_DATABASE_URL, LINGHANG_KAFKA_BROKERS, REGISTER_KEYS, MATERIALS_STORE, TEMPORAL_ADDRESS and the others, the one it moves into by the same names after TARGET_; --back gives up, --forget deletes afterwards what it had where it was',
}

const oneStore = {
  zh: 'MATERIALS_STORE 与 TARGET_MATERIALS_STORE 相同：每个平台的材料须各有存放处。未作任何改动。',
  en: 'MATERIALS_STORE and TARGET_MATERIALS_STORE are the same: each cell has a place of its own for papers. Nothing was done.',
}

/** The cells, or which variable is missing or wrong, without its value. */
function readCells() {
  try {
    return { from: readCell(''), to: readCell('TARGET_') }
  } catch (error) {
    throw stackFault('WRONG_ARGUMENTS', {
      zh: `${usage.zh}。${(error as Error).message}`,
      en: `${usage.en}. ${(error as Error).message}`,
    })
  }
}

await runCommand(async () => {
  const { values } = readCommandLine(usage, {
    county: { type: 'string' },
    back: { type: 'boolean', default: false },
    forget: { type: 'boolean', default: false },
  })
  const temporal = readTemporal()
  const { county: code } = values
  if (code === undefined || !temporal || (values.back && values.forget)) throw stackFault('WRONG_ARGUMENTS', usage)
  const { from, to } = readCells()
  if (process.env.MATERIALS_STORE === process.env.TARGET_MATERIALS_STORE) throw stackFault('WRONG_ARGUMENTS', oneStore)
  const operated = await findOperated(resolve(defaultStateDir))
  const id = await inDatabase(
    from,
    'org',
    async client => (await client.query<{ id: string }>('select id from county where code = $1', [code])).rows[0]?.id,
  )
  if (id === undefined)
    throw stackFault('WRONG_ARGUMENTS', {
      zh: `迁出平台没有代码为 ${code} 的县（市、区）`,
      en: `There is no county with the code ${code} in the cell that it is to leave`,
    })
  const { address, namespace, security } = temporal
  const connection = await Connection.connect({ address, ...security, connectTimeout: '30 seconds' })
  try {
    const act = values.back ? takeBack : values.forget ? forget : moveCounty
    await act({
      ...{ county: { id, code }, from, to },
      events: { kafka: connectKafka(operated), groupPrefix: operated.groupPrefix },
      temporal: new Client({ connection, namespace }),
      say: (zh, en) => console.log(`${zh} ${en}`),
    })
  } finally {
    from.papers.close?.()
    to.papers.close?.()
    await connection.close()
  }
})
