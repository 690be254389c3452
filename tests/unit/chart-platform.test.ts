import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { images } from '../../deploy/images/src/images.ts'
import { readPlatform } from '../chart/platform.ts'
import { accessContract } from '../write-access.ts'
import { root } from './import-graph.ts'

const { processes, jobs } = readPlatform()
const services = Object.keys(processes).filter(name => processes[name]!.serves && name !== 'gateway')
const access = accessContract()

describe('the chart’s list of what the platform consists of', () => {
  test('platform who is at Kafka is who has something to do there', () => {
    const there = Object.keys(processes).filter(name => processes[name]!.kafka)
    expect(there.sort()).toEqual(Object.keys(access.processes).sort())
  })

  test.each(services)('platform the group by which KEDA scales %s is one that it has', service => {
    const { group, topic } = processes[service]!.lag!
    expect(access.processes[service]!.groups).toContain(`${service}.${group}`)
    expect(access.processes[service]!.reads).toContain(`${topic}.events`)
  })

  test('platform every program is there, and in the image that is said to have it', () => {
    for (const [name, { image, main }] of Object.entries({ ...processes, ...jobs })) {
      if (main === undefined) continue
      expect([main, existsSync(join(root, main))]).toEqual([main, true])
      const found = images.find(each => each.name === image)
      expect([name, found?.mains.includes(main)]).toEqual([name, true])
    }
  })

  test('platform who has a row in the matrix reaches what it needs, and no service reaches another', () => {
    for (const service of services) {
      const { talksTo, database, kafka } = processes[service]!
      expect([service, talksTo.includes('postgresql')]).toEqual([service, database !== undefined])
      expect([service, talksTo.includes('kafka')]).toEqual([service, kafka === true])
      expect(talksTo.filter(target => target in processes)).toEqual([])
    }
    expect(processes.gateway!.talksTo).toEqual(expect.arrayContaining(services))
    expect(processes.gateway!.talksTo).not.toContain('postgresql')
  })
})
