import Type, { type Static } from 'typebox';
import { CustomProperties, closed, StableId, Text } from './parts.ts';
import { Role } from './people.ts';

/** What a server of each kind must have, and what it may have beside, by the keys of the standard. */
export const SERVERS: Readonly<Record<string, { readonly must: readonly string[]; readonly may: readonly string[] }>> =
  {
    api: { must: ['location'], may: [] },
    athena: { must: ['stagingDir', 'schema'], may: ['catalog', 'regionName'] },
    azure: { must: ['location', 'format'], may: ['delimiter'] },
    bigquery: { must: ['project', 'dataset'], may: [] },
    clickhouse: { must: ['host', 'port', 'database'], may: [] },
    cloudsql: { must: ['host', 'port', 'database', 'schema'], may: [] },
    custom: {
      must: [],
      may: [
        ...[
          'account',
          'catalog',
          'database',
          'dataset',
          'delimiter',
          'endpointUrl',
          'format',
          'host',
          'location',
          'path',
        ],
        ...['port', 'project', 'region', 'regionName', 'schema', 'serviceName', 'stagingDir', 'warehouse', 'stream'],
      ],
    },
    databricks: { must: ['catalog', 'schema'], may: ['host'] },
    db2: { must: ['host', 'port', 'database'], may: ['schema'] },
    denodo: { must: ['host', 'port'], may: ['database'] },
    dremio: { must: ['host', 'port'], may: ['schema'] },
    duckdb: { must: ['database'], may: ['schema'] },
    glue: { must: ['account', 'database'], may: ['location', 'format'] },
    hive: { must: ['host', 'database'], may: ['port'] },
    impala: { must: ['host', 'database'], may: ['port'] },
    informix: { must: ['host', 'database'], may: ['port'] },
    kafka: { must: ['host'], may: ['format'] },
    kinesis: { must: [], may: ['region', 'format'] },
    local: { must: ['path', 'format'], may: [] },
    mysql: { must: ['host', 'port', 'database'], may: [] },
    oracle: { must: ['host', 'port', 'serviceName'], may: [] },
    postgres: { must: ['host', 'port', 'database', 'schema'], may: [] },
    postgresql: { must: ['host', 'port', 'database', 'schema'], may: [] },
    presto: { must: ['host'], may: ['catalog', 'schema'] },
    pubsub: { must: ['project'], may: [] },
    redshift: { must: ['database', 'schema'], may: ['host', 'region', 'account'] },
    s3: { must: ['location'], may: ['endpointUrl', 'format', 'delimiter'] },
    sftp: { must: ['location'], may: ['format', 'delimiter'] },
    snowflake: { must: ['account', 'database', 'schema', 'warehouse'], may: ['host', 'port'] },
    sqlserver: { must: ['host', 'database', 'schema'], may: ['port'] },
    synapse: { must: ['host', 'port', 'database'], may: [] },
    trino: { must: ['host', 'port', 'catalog', 'schema'], may: [] },
    vertica: { must: ['host', 'port', 'database', 'schema'], may: [] },
    zen: { must: ['host', 'database'], may: ['port'] },
  };

/** Keys that every server may have. */
export const COMMON: readonly string[] = [
  'id',
  'server',
  'type',
  'description',
  'environment',
  'roles',
  'customProperties',
];

const Address = Type.Optional(Type.String({ format: 'uri', description: 'an address such as s3://bucket/folder' }));
const TEXTS = [
  ...['account', 'catalog', 'database', 'dataset', 'delimiter', 'format', 'host', 'path', 'project', 'region'],
  ...['regionName', 'schema', 'serviceName', 'warehouse', 'stream'],
] as const;

/** A server of any kind; which keys a kind has, `SERVERS` knows. */
export const Server = Type.Object(
  {
    id: StableId,
    server: Type.String({ description: 'a name' }),
    type: Type.Enum(Object.keys(SERVERS), { description: 'a kind of server' }),
    description: Text,
    environment: Text,
    roles: Type.Optional(Type.Array(Role, { description: 'a list of roles' })),
    customProperties: CustomProperties,
    location: Address,
    endpointUrl: Address,
    stagingDir: Address,
    port: Type.Optional(Type.Integer({ description: 'a whole number' })),
    ...(Object.fromEntries(TEXTS.map((key) => [key, Text])) as Record<(typeof TEXTS)[number], typeof Text>),
  },
  { ...closed, description: 'a server' },
);
export type Server = Static<typeof Server>;
