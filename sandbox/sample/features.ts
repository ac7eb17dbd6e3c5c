import { type Files, namespace } from './flux.ts';
import { ingressNamespaceLabels } from './tenants.ts';

const READ = '[get, list, watch]';
const WRITE = '[get, list, watch, create, update, patch, delete]';

/** The cluster roles that tenants' role bindings point to. */
export function accessControl(): Files {
  const root = 'features/access-control/non-namespaced';
  return {
    [`${root}/namespace-admin.yaml`]: clusterRole('namespace-admin', WRITE),
    [`${root}/namespace-reader.yaml`]: clusterRole('namespace-reader', READ),
  };
}

/** A small ingress controller. */
export function ingressController(): Files {
  const root = 'features/ingress-nginx';
  return {
    [`${root}/non-namespaced/namespace.yaml`]: namespace('ingress-nginx', ingressNamespaceLabels()),
    [`${root}/non-namespaced/ingressclass-nginx.yaml`]: `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: k8s.io/ingress-nginx
`,
    [`${root}/namespaced/serviceaccount-controller.yaml`]: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: controller
  namespace: ingress-nginx
`,
    [`${root}/namespaced/service-controller.yaml`]: `apiVersion: v1
kind: Service
metadata:
  name: controller
  namespace: ingress-nginx
spec:
  type: LoadBalancer
  selector:
    app: controller
  ports:
  - name: https
    port: 443
    targetPort: https
`,
    [`${root}/namespaced/deployment-controller.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: controller
  namespace: ingress-nginx
spec:
  replicas: 2
  selector:
    matchLabels:
      app: controller
  template:
    metadata:
      labels:
        app: controller
    spec:
      serviceAccountName: controller
      containers:
      - name: controller
        image: registry.k8s.io/ingress-nginx/controller:v1.14.0
        args: ["/nginx-ingress-controller", "--ingress-class=nginx"]
        ports:
        - name: https
          containerPort: 443
        resources:
          requests:
            cpu: 100m
            memory: 128Mi
`,
  };
}

function clusterRole(name: string, verbs: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: ${name}
rules:
- apiGroups: [""]
  resources: [pods, pods/log, services, configmaps, endpoints, persistentvolumeclaims]
  verbs: ${verbs}
- apiGroups: [apps]
  resources: [deployments, statefulsets, replicasets]
  verbs: ${verbs}
- apiGroups: [batch]
  resources: [jobs, cronjobs]
  verbs: ${verbs}
- apiGroups: [networking.k8s.io]
  resources: [ingresses]
  verbs: ${verbs}
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: ${verbs}
`;
}
