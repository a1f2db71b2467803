import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { resume } from './session'
import 'element-plus/es/components/base/style/css'
import './base.css'

await resume()
createApp(App).use(router).mount('#app')
