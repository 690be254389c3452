import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { appointOffice, linkAccount } from '@linghang/harness/accounts'
import { dataOf, post } from '@linghang/harness/ask'
import { askerAt } from '@linghang/harness/asker'
import { createCounty, seedBranch } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { supergraphFile } from '../src/supergraph/read-subgraphs.ts'
import { type Front, type Provider, standInFront, startProvider, subjectOf } from './in-front.ts'

jest.setTimeout(180_000)

let folder: string
let provider: Provider
let front: Front
let branchId: string
let memberId: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-asked-'))
  provider = await startProvider(folder, ['keeper'])
  const county = await createCounty()
  const { world } = county
  front = await standInFront({
    ...{ urls: world.urls, issuer: provider.issuer, signingKey: surroundings().internalTokenKey, supergraphFile },
  })
  const { branch } = await seedBranch(county)
  branchId = branch.id
  const ids = await seedMembers(county, [fullMember(county.code, branch.code, { 姓名: '党员' })])
  const admin = askerAt(world, county.admin)
  const account = { kind: 'PERSON' as const, issuer: provider.issuer, subject: subjectOf('keeper'), memberId: null }
  const accountId = await linkAccount(admin, { organisationId: branchId, ...account })
  await appointOffice(admin, { accountId, organisationId: branchId, role: 'SECRETARY' })
  memberId = ids.get('党员') as string
})
afterAll(async () => {
  await front?.stop()
  await provider?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('S4-4 a branch reads in one question what it was asked for in all services that say it', async () => {
  const query = `query ($id: ID!) { organisation(id: $id) { askedFor { times members { times picked known forms { name askedBy } } dues { times } assessment { times } workflows { times } } } }`
  const headers = { authorization: `Bearer ${await provider.tokenOf('keeper')}` }
  const change = 'mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { member { id } } }'
  const input = { id: memberId, floating: true }
  dataOf(await post(front.url, { query: change, variables: { input } }, headers))
  const { organisation } = dataOf(await post(front.url, { query, variables: { id: branchId } }, headers))
  expect(organisation.askedFor).toEqual({
    times: 0,
    ...{ dues: { times: 0 }, assessment: { times: 0 }, workflows: { times: 0 } },
    // Whose file it is the program knows.
    members: { times: 1, picked: 0, known: 1, forms: [{ name: 'changeMember', askedBy: 'REGULATION' }] },
  })
})
