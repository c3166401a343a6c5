/** The environment of a run that talks to a local endpoint, in UTC. */
export function endpointEnv(endpoint: { readonly url: string } | undefined) {
  return {
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint?.url ?? '',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    TZ: 'UTC',
  };
}
