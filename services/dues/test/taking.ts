import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { type Actor, shanghaiDay, systemActor } from '@linghang/access'
import { startPaymentSandbox } from '@linghang/devstack'
import { dataOf, tokenOf, uuidOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedTwoCommittees } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { surroundings } from '@linghang/harness/surroundings'
import { sharedWorld } from '@linghang/harness/world'
import { addMonths } from '@linghang/rulebook'

const nilUuid = '00000000-0000-0000-0000-000000000000'

/** What the dues service answered to a callback. */
export type Answered = { status: number; headers: Record<string, string>; body: string }

/**
 * A payment sandbox, a dues service of this test that takes payments through it, and between them what the gateway does:
 * callbacks are passed on byte for byte in the gateway's own name.
 */
export async function startTaking() {
  const at = surroundings()
  const name = `taking-${randomUUID().slice(0, 8)}`
  let sandbox = await startPaymentSandbox({ stateDir: join(at.stateDir, name), report: () => undefined })
  let dues: StartedService<'dues'> | undefined
  const answered: Answered[] = []
  const passOn = async (headers: Record<string, string>, body: string): Promise<Answered> => {
    const answer = await fetch(`${dues?.url}/payments/notify`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${await tokenOf(systemActor(nilUuid))}` },
      body,
      signal: AbortSignal.timeout(10_000),
    })
    await answer.text()
    return { status: answer.status, headers, body }
  }
  const door = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const said = Object.entries(request.headers).filter(
      ([key]) => key.startsWith('wechatpay-') || key === 'content-type',
    )
    const answer = await passOn(Object.fromEntries(said) as Record<string, string>, body).catch(() => null)
    if (answer) answered.push(answer)
    response.writeHead(answer?.status ?? 502).end()
  })
  await new Promise<void>(resolve => door.listen(0, '127.0.0.1', resolve))
  const address = door.address()
  const notifyUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/payments/notify`
  const env = { ...sandbox.merchant, PAYMENTS_NOTIFY_URL: notifyUrl, PAYMENTS_COMMITTEES: '*' }
  dues = await startService('dues', { env })
  let world = sharedWorld({ dues: dues.url })

  return {
    get world() {
      return world
    },
    answered,
    passOn,
    told: async (path: string, body?: object): Promise<Record<string, number>> => {
      const sent = body ? { method: 'POST', body: JSON.stringify(body) } : {}
      const answer = await fetch(`${sandbox.url}/sandbox/${path}`, sent)
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
      return (await answer.json()) as Record<string, number>
    },
    /** How the service is told of the merchant's account. */
    variables: env,
    /** One more process of the service, as a replica or after a start. */
    another: () => startService('dues', { env }),
    async killProvider(): Promise<() => Promise<void>> {
      sandbox.kill('SIGKILL')
      await sandbox.exited
      return async () => {
        const port = sandbox.port
        sandbox = await startPaymentSandbox({ stateDir: join(at.stateDir, name), port, report: () => undefined })
      }
    },
    /** Kills the service where it stands; what it gives brings it back, at another address: callbacks and `world` go there. */
    async killDues(): Promise<() => Promise<void>> {
      dues?.server.kill('SIGKILL')
      await dues?.server.exited
      return async () => {
        dues = await startService('dues', { env })
        world = sharedWorld({ dues: dues.url })
      }
    },
    async stop(): Promise<void> {
      await dues?.stop()
      await sandbox.stop()
      door.close()
    },
  }
}
export type Taking = Awaited<ReturnType<typeof startTaking>>

/** A county of two committees, the upper one with a dues account, and members of a branch with accounts of their own. */
export async function createPayers({ world }: Taking, names: readonly string[]) {
  const county: County = await createCounty(world)
  const tree = await seedTwoCommittees(county)
  const { openDuesAccount } = dataOf(
    await world.ask.dues(
      county.admin,
      'mutation ($input: OpenDuesAccountInput!) { openDuesAccount(input: $input) { account { id } } }',
      {
        input: {
          ...{ organisationId: tree.root.id, bank: 'ICBC' as const, bankNumber: '6222021203001234567' },
          openedOn: addMonths(shanghaiDay(new Date()), -6),
        },
      },
    ),
  )
  const rows = names.map(name =>
    fullMember(county.code, tree.a1.code, { 姓名: name, 党费人员类别: '按月薪', '党费计算基数（元/月）': '3000.00' }),
  )
  const ids = await seedMembers(county, rows)
  await everyoneKnown(county)
  const payers: Actor[] = []
  for (const name of names) {
    const { subject } = await seedAccount(county, { keptBy: tree.a1.id, memberId: ids.get(name) as string })
    payers.push(await actorOf(world, subject))
  }
  return {
    county,
    tree,
    payers,
    ids,
    accountId: openDuesAccount.account.id,
    keeperId: uuidOf(openDuesAccount.account.id),
  }
}
