import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { resume } from './session'
import 'element-plus/es/components/base/style/css'
import './base.css'

const app = createApp(App).use(router)
// While the service is asked who is signed in, the page that the address names is fetched.
await Promise.all([resume(), router.isReady()])
app.mount('#app')
